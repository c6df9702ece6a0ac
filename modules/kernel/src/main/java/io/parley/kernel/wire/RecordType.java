package io.parley.kernel.wire;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.parley.kernel.Page;

/**
 * The name under which a record's type travels: its class, and for a {@link Page} that of its items as well, which the
 * class alone does not tell. Only our own records are read from the wire.
 */
final class RecordType {
    private static final char OF = ':';

    static String name(Record body) {
        var name = body.getClass().getName();
        return body instanceof Page<?> page && !page.items().isEmpty()
                ? name + OF + page.items().get(0).getClass().getName()
                : name;
    }

    static JavaType named(String name, TypeFactory types) {
        int of = name.indexOf(OF);
        return of < 0
                ? types.constructType(ours(name))
                : types.constructParametricType(ours(name.substring(0, of)), ours(name.substring(of + 1)));
    }

    private static Class<? extends Record> ours(String name) {
        try {
            if (name.startsWith("io.parley."))
                return Class.forName(name, false, RecordType.class.getClassLoader())
                        .asSubclass(Record.class);
        } catch (ClassNotFoundException | ClassCastException notARecord) {
            throw new IllegalArgumentException("not one of our records: " + name, notARecord);
        }
        throw new IllegalArgumentException("not one of our records: " + name);
    }

    private RecordType() {}
}
