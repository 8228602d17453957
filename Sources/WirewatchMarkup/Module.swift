enum WirewatchMarkupModule {}
