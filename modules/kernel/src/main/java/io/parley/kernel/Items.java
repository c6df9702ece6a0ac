package io.parley.kernel;

import java.util.List;

/** A reply with items of one record class. The codec needs this type because erasure hides their class. */
public interface Items<T extends Record> {
    List<T> items();
}
