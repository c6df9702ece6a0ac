package io.parley.kernel;

import java.util.List;

/** A reply that consists of records of one class, which erasure hides from whoever decodes it. */
public interface Items<T extends Record> {
    List<T> items();
}
