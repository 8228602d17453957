enum WirewatchCommandModule {}
