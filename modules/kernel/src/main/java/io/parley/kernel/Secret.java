package io.parley.kernel;

/** A value that must not be seen: it prints as a mask, so that no log line or message can carry it by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
