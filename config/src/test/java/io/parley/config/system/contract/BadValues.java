package io.parley.config.system.contract;

import static io.parley.config.system.contract.RawJson.never;
import static io.parley.config.system.contract.RawJson.perhaps;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.SampleValue;
import java.util.ArrayList;
import java.util.List;

/** Bad values for a field of a body, and unusual ones that its schema may allow. */
final class BadValues {
    private static final List<RawJson> ANYWHERE = List.of(
            perhaps("null", "null"),
            perhaps("true", "true"),
            perhaps("zero", "0"),
            perhaps("negative", "-1"),
            perhaps("fraction", "1.5"),
            perhaps("whole fraction", "7.0"),
            perhaps("2^31", "2147483648"),
            perhaps("-2^31-1", "-2147483649"),
            perhaps("2^32", "4294967296"),
            perhaps("2^63", "9223372036854775808"),
            perhaps("1e400", "1e400"),
            perhaps("text", "\"text\""),
            perhaps("number in text", "\"1\""),
            perhaps("empty text", "\"\""),
            perhaps("space", "\" \""),
            perhaps("line feed at the end", "\"text\\n\""),
            perhaps("array", "[]"),
            perhaps("array of null", "[null]"),
            perhaps("array of text", "[\"text\"]"),
            perhaps("object", "{}"),
            perhaps("nested arrays", "[".repeat(50) + "]".repeat(50)),
            perhaps("nested objects", "{\"a\":".repeat(50) + "1" + "}".repeat(50)),
            never("not a number", "NaN"),
            never("infinity", "-Infinity"),
            never("NUL", "\"\\u0000\""),
            never("NUL inside", "\"a\\u0000b\""),
            never("bare NUL", "\"a\u0000b\""),
            never("bare line feed", "\"a\nb\""),
            never("high surrogate", "\"a\\ud800\""),
            never("low surrogate", "\"\\udc00b\""),
            never("surrogates in the wrong order", "\"\\udc00\\ud800\""),
            never("no UTF-8", "\"a" + RawJson.NO_UTF8 + "b\""),
            never("encoded surrogate", "\"a" + RawJson.ENCODED_SURROGATE + "b\""),
            never("overlong NUL", "\"a" + RawJson.OVERLONG_NUL + "b\""));

    private static final List<String> IDS = List.of(
            "1-1-1-1-1",
            "019ab1f26f4c7c3a9a550d6c1f6f2b10",
            "{019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10}",
            "urn:uuid:019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10",
            "019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10\\n",
            "019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b1g",
            "00000000-0000-0000-0000-000000000000");

    private static final List<String> TIMES = List.of(
            "2027-02-30T12:00:00Z",
            "2027-13-01T12:00:00Z",
            "2027-03-01T24:00:00Z",
            "2027-03-01T12:00:60Z",
            "2027-03-01T12:00:00",
            "2027-03-01",
            "2027-02-29",
            "0000-01-01",
            "10000-01-01",
            "9999-12-31",
            "2027-3-1",
            "20270301",
            "1803902400",
            "+10000-01-01T00:00:00Z",
            "99999-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-18:00",
            "0000-01-01T00:00:00Z",
            "2027-03-01T12:00:00+19:00",
            "2027-03-01T12:00:00.1234567Z",
            "2027-03-01T12:00:00.123456789012Z",
            "2027-03-01T12:00:00.123456+05:30",
            "0001-01-01T00:00:00+18:00",
            "9998-12-31T23:59:59-18:00",
            "9999-12-31T23:59:59.9999999Z",
            "2027-03-01t12:00:00z",
            "2027-03-01T12:00:00Z\\n");

    private static final List<String> EMAILS = List.of(
            "<script>@x.org",
            "a\u202e@x.org",
            "a\u200b@x.org",
            "a@x..org",
            "a@-x.org",
            "a@x.org.",
            "a..b@x.org",
            "a@b@x.org",
            "a".repeat(65) + "@x.org",
            "a@" + "x".repeat(64) + ".org",
            "\uff41@x.org",
            "a@m\u00fcnchen.example");

    static List<RawJson> values(JsonNode schema) {
        var values = new ArrayList<>(ANYWHERE);
        values.addAll(sizes(schema));
        if (schema.path("format").asText().equals("uuid")) values.addAll(texts(IDS));
        if (isEmail(schema)) values.addAll(texts(EMAILS));
        if (isTime(schema)) values.addAll(texts(TIMES));
        for (var allowed : schema.path("enum")) values.add(perhaps("one that is allowed", allowed.toString()));
        if (isFree(schema)) values.addAll(FreeFormValues.values(SampleValue.type(schema)));
        return values;
    }

    private static boolean isEmail(JsonNode schema) {
        return schema.path("examples").path(0).asText().contains("@");
    }

    // A field that takes a day or a time has no format, but examples.
    private static boolean isTime(JsonNode schema) {
        return schema.path("format").asText().equals("date-time")
                || schema.path("examples").path(0).asText().startsWith("2027-");
    }

    private static boolean isFree(JsonNode schema) {
        return schema.path("items").path("type").asText().equals("object")
                || (SampleValue.type(schema).equals("object") && !schema.has("properties"));
    }

    private static List<RawJson> sizes(JsonNode schema) {
        int limit = schema.path("maxLength").asInt(300_000);
        int items = schema.path("maxItems").asInt(2_000);
        return List.of(
                perhaps("one too long", quoted("x".repeat(limit + 1))),
                perhaps("as long as allowed", quoted("x".repeat(limit))),
                perhaps(
                        "as long as allowed in characters of two units",
                        quoted("\uD83D\uDE00".repeat(Math.min(limit, 200_000)))),
                perhaps(
                        "as long as allowed in letters that grow in lower case",
                        quoted("\u0130".repeat(Math.max(0, limit - 4)) + "@b.c")),
                perhaps("one item too many", "[" + "{},".repeat(items) + "{}]"));
    }

    private static List<RawJson> texts(List<String> texts) {
        return texts.stream().map(text -> perhaps(text, quoted(text))).toList();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private BadValues() {}
}
