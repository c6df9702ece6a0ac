package io.parley.json;

/** JSON Pointers (RFC 6901) in error responses. */
public final class Pointers {
    // Pointers are part of error responses, and a caller can send a key of any length.
    private static final int MAX_LENGTH = 255;

    /** The key as one token of a pointer. */
    public static String token(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** Points to a member of the parent, or to the parent if the pointer would become too long. */
    public static String member(String parent, String key) {
        var pointer = parent + '/' + token(key);
        return pointer.length() <= MAX_LENGTH ? pointer : parent;
    }

    /** Points to an element of an array. */
    public static String member(String parent, int index) {
        return parent + '/' + index;
    }

    /** The name of a parameter, shortened if it is too long. */
    public static String name(String parameter) {
        return parameter.length() <= MAX_LENGTH ? parameter : parameter.substring(0, MAX_LENGTH) + '…';
    }

    private Pointers() {}
}
