package io.parley.config.settings;

/** A setting that is unknown or cannot be used; its message is one line that names the setting. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String setting, String fault) {
        super(setting + ": " + fault.replaceAll("\\R\\s*", " "));
    }
}
