enum WirewatchEngineModule {}
