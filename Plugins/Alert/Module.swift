enum AlertModule {}
