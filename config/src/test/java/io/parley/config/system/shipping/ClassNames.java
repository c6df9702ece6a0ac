package io.parley.config.system.shipping;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/** Reads which classes a class file names: the constant pool of JVMS 4.4. */
final class ClassNames {
    private static final int MAGIC_AND_VERSION = 8;

    /** In the form {@code java/lang/String}; arrays as in descriptors. */
    static List<String> in(DataInputStream file) throws IOException {
        file.skipNBytes(MAGIC_AND_VERSION);
        int constants = file.readUnsignedShort();
        var texts = new HashMap<Integer, String>();
        var classes = new ArrayList<Integer>();
        for (int index = 1; index < constants; index++) {
            int tag = file.readUnsignedByte();
            if (tag == 1) texts.put(index, file.readUTF());
            else if (tag == 7) classes.add(file.readUnsignedShort());
            else file.skipNBytes(length(tag));
            // Long and double take two places.
            if (tag == 5 || tag == 6) index++;
        }
        return classes.stream()
                .map(index -> Objects.requireNonNull(texts.get(index)))
                .toList();
    }

    private static int length(int tag) {
        return switch (tag) {
            case 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IllegalArgumentException("constant of an unknown kind: " + tag);
        };
    }

    private ClassNames() {}
}
