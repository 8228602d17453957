enum ExtractModule {}
