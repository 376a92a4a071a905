"""The science of Cobalog: pure functions on floats and columns, each number next to its source."""
