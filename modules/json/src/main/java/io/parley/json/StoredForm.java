package io.parley.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that JSON can be stored without a change. PostgreSQL stores no NUL character in text, its client replaces an
 * unpaired surrogate by a question mark, and most JSON readers change a number outside the range of a 64-bit float.
 */
public final class StoredForm {
    private static final int MAX_FAULTS = 20;

    /** Fails invalid, pointing at every key and value that cannot be stored, at most 20 of them. */
    public static void check(JsonNode json) {
        check("", json);
    }

    /** The same for a value within a document, at this JSON Pointer. */
    public static void check(String pointer, JsonNode json) {
        List<Fault> faults = new ArrayList<>();
        check(pointer, json, faults);
        if (!faults.isEmpty()) throw Problem.invalid(faults);
    }

    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) return false;
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))))
                return false;
        }
        return true;
    }

    private static void check(String pointer, JsonNode json, List<Fault> faults) {
        if (faults.size() == MAX_FAULTS) return;
        if (json.isTextual() && !isStorable(json.textValue()))
            faults.add(new Fault(pointer, "must not contain a NUL character or an unpaired surrogate"));
        if (json.isNumber() && !isDouble(json))
            faults.add(new Fault(pointer, "must be a number within the range of a 64-bit float"));
        if (json.isArray())
            for (int i = 0; i < json.size(); i++) check(Pointers.member(pointer, i), json.get(i), faults);
        if (json.isObject())
            json.properties().forEach(member -> check(pointer, member.getKey(), member.getValue(), faults));
    }

    private static void check(String parent, String key, JsonNode value, List<Fault> faults) {
        if (isStorable(key)) check(Pointers.member(parent, key), value, faults);
        else faults.add(new Fault(parent, "must not have a key with a NUL character or an unpaired surrogate"));
    }

    // A number that is too large becomes infinite, one that is too small becomes zero.
    private static boolean isDouble(JsonNode number) {
        double nearest = number.doubleValue();
        return Double.isFinite(nearest)
                && (nearest != 0 || number.decimalValue().signum() == 0);
    }

    private StoredForm() {}
}
