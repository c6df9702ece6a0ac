package io.parley.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;

/** Accepts {@code in-progress} for {@code in_progress}, as the API documents. */
public final class HyphenatedWords extends DeserializationProblemHandler {
    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String value, String failure) {
        return target.isEnum() ? constant(target, value) : NOT_HANDLED;
    }

    private static Object constant(Class<?> target, String value) {
        for (var constant : target.getEnumConstants()) if (isWord(constant, value)) return constant;
        return NOT_HANDLED;
    }

    /** Whether the text names the constant, in any case and with hyphens or underscores. */
    public static boolean isWord(Object constant, String text) {
        return constant.toString().equalsIgnoreCase(text.replace('-', '_'));
    }
}
