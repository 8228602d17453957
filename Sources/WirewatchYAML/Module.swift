enum WirewatchYAMLModule {}
