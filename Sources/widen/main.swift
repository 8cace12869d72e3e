print("widen")
