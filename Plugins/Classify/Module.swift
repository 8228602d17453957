enum ClassifyModule {}
