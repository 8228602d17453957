enum DedupeModule {}
