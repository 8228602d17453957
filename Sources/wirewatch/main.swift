print("wirewatch")
