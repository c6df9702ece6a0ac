package io.parley.kernel;

/** A secret value, printed as a mask so that no log line or message shows it by accident. */
public record Secret(String value) {
    /** Without white space and invisible marks at both ends, which come along when a key is pasted, or mounted as a file. */
    public Secret trimmed() {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) from++;
        while (from < to && isBlank(value.charAt(to - 1))) to--;
        return new Secret(value.substring(from, to));
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Whether it has line breaks or other control characters, which no header can carry. */
    public boolean hasControlCharacters() {
        return value.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "***";
    }
}
