"""What earlier versions wrote: a folder for each, never changed once it is there."""
