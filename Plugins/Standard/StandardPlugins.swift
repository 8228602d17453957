enum StandardModule {}
