"""The science of Cobalog: pure functions on floats and columns, each number beside its source."""
