enum WirewatchFeedsModule {}
