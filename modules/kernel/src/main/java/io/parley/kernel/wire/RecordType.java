package io.parley.kernel.wire;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.parley.kernel.Items;

/**
 * The type of an encoded record: the name of its class, and for {@link Items} also of the class of its items, which
 * erasure hides. Only Parley's own records are decoded.
 */
final class RecordType {
    private static final char ITEM_TYPE = ':';

    static String name(Record body) {
        var name = body.getClass().getName();
        return body instanceof Items<?> list && !list.items().isEmpty()
                ? name + ITEM_TYPE + list.items().get(0).getClass().getName()
                : name;
    }

    static JavaType named(String name, TypeFactory types) {
        int separator = name.indexOf(ITEM_TYPE);
        return separator < 0
                ? types.constructType(parleyRecord(name))
                : types.constructParametricType(
                        parleyRecord(name.substring(0, separator)), parleyRecord(name.substring(separator + 1)));
    }

    private static Class<? extends Record> parleyRecord(String name) {
        try {
            if (name.startsWith("io.parley."))
                return Class.forName(name, false, RecordType.class.getClassLoader())
                        .asSubclass(Record.class);
        } catch (ClassNotFoundException | ClassCastException notARecord) {
            throw new IllegalArgumentException("not a record of Parley: " + name, notARecord);
        }
        throw new IllegalArgumentException("not a record of Parley: " + name);
    }

    private RecordType() {}
}
