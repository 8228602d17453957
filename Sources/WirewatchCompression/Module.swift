enum WirewatchCompressionModule {}
