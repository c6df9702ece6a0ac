package io.parley.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;

/** Takes {@code in-progress} for {@code in_progress}, as the contract does. */
public final class HyphenatedWords extends DeserializationProblemHandler {
    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String value, String failure) {
        return target.isEnum() ? word(target, value) : NOT_HANDLED;
    }

    private static Object word(Class<?> target, String value) {
        for (var constant : target.getEnumConstants()) if (isWord(constant, value)) return constant;
        return NOT_HANDLED;
    }

    /** Whether the text is another way to write the constant. */
    public static boolean isWord(Object constant, String text) {
        return constant.toString().equalsIgnoreCase(text.replace('-', '_'));
    }
}
