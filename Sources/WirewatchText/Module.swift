enum WirewatchTextModule {}
