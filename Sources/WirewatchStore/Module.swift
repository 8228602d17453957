enum WirewatchStoreModule {}
