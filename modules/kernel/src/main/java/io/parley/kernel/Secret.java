package io.parley.kernel;

/** A secret value, printed as a mask so that no log line or message shows it by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
