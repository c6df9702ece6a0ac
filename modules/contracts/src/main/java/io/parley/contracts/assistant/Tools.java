package io.parley.contracts.assistant;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.access.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The assistant's tools for programs that bring a model of their own. */
public final class Tools {
    /** All of them, always in the same order; they stay the same while the module runs. */
    public static final Address<Describe, Descriptions> DESCRIBE = new Address<>("tools.describe");

    /**
     * Runs a tool for the caller. What makes it impossible is its result, for the model to read; it fails only unauthenticated, if
     * the account no longer exists, and not-found if there is no such tool.
     */
    public static final Address<Run, Result> RUN = new Address<>("tools.run");

    public record Describe() {}

    public record Descriptions(List<Description> tools) {}

    /**
     * @param arguments the JSON Schema of an object
     * @param scope what a token needs; null if the tool leaves out by itself what the scopes do not cover
     */
    public record Description(
            String name,
            String description,
            Json arguments,
            @Nullable Scope scope) {}

    /** @param arguments a JSON object */
    public record Run(Caller caller, String tool, Json arguments) {}

    /** @param json an object of at most 64 KiB; if it is an error, {@code {"error": …}} */
    public record Result(Json json, boolean isError) {}

    private Tools() {}
}
