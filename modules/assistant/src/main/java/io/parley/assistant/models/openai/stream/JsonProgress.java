package io.parley.assistant.models.openai.stream;

/** How much of one JSON value has arrived, by its brackets and quotes alone. Each character is looked at once. */
public final class JsonProgress {
    /** Characters of a code point that is written by its number. */
    private static final int LONGEST_ESCAPE = 6;

    /** What would close the brackets that are open, innermost last. */
    private final StringBuilder open = new StringBuilder();

    private int length;
    private int lastEscape = -LONGEST_ESCAPE;
    private boolean hasBegun;
    private boolean isInString;
    private boolean isAfterBackslash;
    private boolean isWhole;

    public static JsonProgress of(CharSequence text) {
        var progress = new JsonProgress();
        progress.add(text);
        return progress;
    }

    public void add(CharSequence text) {
        for (int at = 0; at < text.length(); at++) add(text.charAt(at));
    }

    private void add(char character) {
        if (isInString) addToString(character);
        else if (!Character.isWhitespace(character)) addOutside(character);
        length++;
    }

    private void addToString(char character) {
        if (isAfterBackslash) isAfterBackslash = false;
        else if (character == '\\') beginEscape();
        else if (character == '"') isInString = false;
    }

    private void beginEscape() {
        isAfterBackslash = true;
        lastEscape = length;
    }

    private void addOutside(char character) {
        isWhole = false;
        hasBegun = true;
        switch (character) {
            case '"' -> isInString = true;
            case '{' -> open.append('}');
            case '[' -> open.append(']');
            case '}', ']' -> close();
            default -> {}
        }
    }

    private void close() {
        if (!open.isEmpty()) open.setLength(open.length() - 1);
        isWhole = open.isEmpty();
    }

    /** Whether anything but white space has arrived. */
    public boolean hasBegun() {
        return hasBegun;
    }

    /** Whether an object or an array has arrived whole, and nothing after it. */
    public boolean isWhole() {
        return isWhole;
    }

    /** The beginning of a value as if it had ended there. It is no JSON if it does not end within a text. */
    public static String completed(String beginning) {
        var progress = of(beginning);
        boolean isCutInEscape = progress.isInString && progress.length - progress.lastEscape < LONGEST_ESCAPE;
        var whole = isCutInEscape ? beginning.substring(0, progress.lastEscape) : beginning;
        return whole + (progress.isInString ? "\"" : "") + new StringBuilder(progress.open).reverse();
    }
}
