package io.parley.json;

/** JSON Pointers (RFC 6901). */
public final class Pointers {
    // A pointer is said back to the caller, who may have sent a key of any length.
    private static final int MAX_LENGTH = 255;

    public static String token(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** To a member of what is at the parent; to the parent itself where the key is too long to be said back. */
    public static String member(String parent, String key) {
        var pointer = parent + '/' + token(key);
        return pointer.length() <= MAX_LENGTH ? pointer : parent;
    }

    public static String member(String parent, int index) {
        return parent + '/' + index;
    }

    /** Of a parameter; shortened where it is too long to be said back. */
    public static String name(String parameter) {
        return parameter.length() <= MAX_LENGTH ? parameter : parameter.substring(0, MAX_LENGTH) + '…';
    }

    private Pointers() {}
}
