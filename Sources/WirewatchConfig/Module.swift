enum WirewatchConfigModule {}
