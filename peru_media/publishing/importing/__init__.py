"""Taking a show over: from anybody's feed to the folders that staff keep."""
