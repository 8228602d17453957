enum JSONLogModule {}
