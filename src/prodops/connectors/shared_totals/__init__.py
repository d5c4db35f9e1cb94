"""Hours by purpose that a PM audited alone and handed over: the file of `prodops audit --share`."""
