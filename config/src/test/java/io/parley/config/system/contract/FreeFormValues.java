package io.parley.config.system.contract;

import static io.parley.config.system.contract.RawJson.never;
import static io.parley.config.system.contract.RawJson.perhaps;

import java.util.List;

/** Free-form JSON that is malformed, and JSON that is only unusual and must be returned unchanged. */
final class FreeFormValues {
    private static final List<RawJson> OBJECTS = List.of(
            perhaps("big precise number", "{\"a\": 12345678901234567890.123456789}"),
            perhaps("2^64", "{\"a\": 18446744073709551616}"),
            perhaps("1e400 inside", "{\"a\": 1e400}"),
            perhaps("1e-400 inside", "{\"a\": 1e-400}"),
            perhaps("1e131000 inside", "{\"a\": 1e131000}"),
            perhaps("1e200000 inside", "{\"a\": 1e200000}"),
            perhaps("1e-20000 inside", "{\"a\": 1e-20000}"),
            never("1e2147483648 inside", "{\"a\": 1e2147483648}"),
            never("1e99999999999 inside", "{\"a\": 1e99999999999}"),
            perhaps("many numbers that grow", "{\"a\": [" + "1e131000,".repeat(5_000) + "1]}"),
            perhaps("negative zero", "{\"a\": -0.0, \"b\": -0}"),
            perhaps("two thousand digits", "{\"a\": " + "7".repeat(2_000) + "}"),
            perhaps("sixty thousand digits", "{\"a\": " + "7".repeat(60_000) + "}"),
            perhaps("escapes", "{\"a\": \"\\u00e9\\ud83d\\ude00\\/\\\"\\\\\\b\\f\\n\\r\\t\\u007f\\u2028\"}"),
            perhaps("characters", "{\"\u00e9\uD83D\uDE00\": \"\u2028\uFFFF\uFFFD\uFEFF\"}"),
            perhaps(
                    "odd keys",
                    "{\"\": 1, \" \": 2, \"__proto__\": {\"a\": 1}, \"a.b/c~d\": 3, \"$ref\": \"#/x\", \"#{id}\": \"$1\"}"),
            perhaps("nulls and empties", "{\"a\": null, \"b\": [], \"c\": {}, \"d\": \"\", \"e\": [null, [null]]}"),
            perhaps("other spaces", "{ \"a\" :\t[ 1 ,\r\n2 ] }"),
            perhaps("exactly 64 KiB", "{\"a\":\"" + "x".repeat(65_536 - 8) + "\"}"),
            perhaps("more than 64 KiB", "{\"a\":\"" + "x".repeat(65_536) + "\"}"),
            perhaps("64 KiB in two-byte letters", "{\"a\":\"" + "\u00e9".repeat(40_000) + "\"}"),
            perhaps("500 levels", "{\"a\":".repeat(500) + "1" + "}".repeat(500)),
            perhaps("1500 levels of arrays", "{\"a\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}"),
            never("100000 levels of arrays", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
            never("100000 levels of objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
            never("NUL in a value", "{\"a\": {\"b\": [\"\\u0000\"]}}"),
            never("NUL in a key", "{\"a\": {\"b\\u0000\": 1}}"),
            never("surrogate in a value", "{\"a\": [\"\\ud800\"]}"),
            never("surrogate in a key", "{\"a\": {\"\\udfff\": 1}}"),
            never("no UTF-8 in a value", "{\"a\": \"" + RawJson.NO_UTF8 + "\"}"),
            never("no UTF-8 in a key", "{\"" + RawJson.NO_UTF8 + "\": 1}"),
            never("encoded surrogate in a key", "{\"" + RawJson.ENCODED_SURROGATE + "\": 1}"),
            never("key twice", "{\"a\": 1, \"a\": 1}"),
            never("key twice, once escaped", "{\"a\": 1, \"\\u0061\": 1}"),
            never("key twice inside", "{\"b\": [{\"a\": 1, \"a\": 2}]}"),
            never("leading zero", "{\"a\": 01}"),
            never("plus sign", "{\"a\": +1}"),
            never("hexadecimal", "{\"a\": 0x1}"),
            never("comment", "{\"a\": 1 /* one */}"),
            never("trailing comma", "{\"a\": [1,]}"),
            never("single quotes", "{'a': 1}"));

    /** @param type object, or array for a list of objects */
    static List<RawJson> values(String type) {
        if (type.equals("object")) return OBJECTS;
        return OBJECTS.stream()
                .map(object -> new RawJson(object.name(), "[" + object.text() + "]", object.hopeless()))
                .toList();
    }

    private FreeFormValues() {}
}
