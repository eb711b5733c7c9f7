//! Numbers that hold to some keywords and break others.
