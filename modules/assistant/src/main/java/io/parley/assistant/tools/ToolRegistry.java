package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.metrics.ToolMeters;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.json.JsonForm;
import io.parley.json.JsonSchema;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tools, for chat turns and for any other caller that runs tools for a user. */
public final class ToolRegistry {
    /** In UTF-8. */
    public static final int MAX_RESULT_BYTES = 64 * 1024;

    private static final Set<String> CHANGING =
            Set.of(AddTask.NAME, UpdateTask.NAME, CompleteTask.NAME, DeleteTask.NAME);

    private static final Logger log = LoggerFactory.getLogger(ToolRegistry.class);

    /** @param schema the same as {@code parameters}, to read what models write */
    private record Registered(Tool tool, ToolDescription description, JsonNode schema, JsonSchema parameters) {}

    /** The result of a call that failed. */
    private record Failure(String error) {}

    private final Map<String, Registered> tools = new LinkedHashMap<>();

    /**
     * @param clock says what today is
     * @param maxCharacters of the result of a tool that lists something
     */
    public ToolRegistry(Bus bus, Clock clock, int maxCharacters) {
        this(bus, new ToolDates(clock), maxCharacters);
    }

    private ToolRegistry(Bus bus, ToolDates dates, int maxCharacters) {
        this(List.of(
                new AddTask(bus, dates),
                new ListTasks(bus, dates, maxCharacters, ListTasks.MAX_LIMIT),
                new UpdateTask(bus, dates),
                new CompleteTask(bus),
                new DeleteTask(bus),
                new SearchMessages(bus, maxCharacters),
                new ListConversations(bus, maxCharacters),
                new ReadConversation(bus, maxCharacters)));
    }

    public ToolRegistry(List<Tool> list) {
        for (var tool : list) {
            var description = tool.description();
            var text = description.parameters().text();
            var schema = StrictJson.parse(Buffer.buffer(text));
            tools.put(description.name(), new Registered(tool, description, schema, JsonSchema.of(text)));
            ToolMeters.announce(description.name());
        }
    }

    /** Whether a tool of this name changes what the user has stored. */
    public static boolean changesData(String tool) {
        return CHANGING.contains(tool);
    }

    public List<ToolDescription> descriptions() {
        return tools.values().stream().map(Registered::description).toList();
    }

    /** Those that the caller's token permits. */
    public List<ToolDescription> descriptions(Caller caller) {
        return tools.values().stream()
                .filter(registered -> permits(caller, registered.tool().scope()))
                .map(Registered::description)
                .toList();
    }

    /**
     * Returns the result as JSON text of at most 64 KiB. Never fails: the result of a call that is invalid or impossible is
     * {@code {"error": …}}, which the model can react to.
     */
    public Future<String> run(ToolContext context, ToolCall call) {
        return attempt(context, call.name(), call.arguments())
                .recover(failure -> Future.succeededFuture(refused(problem(call.name(), failure))))
                .map(Attempt::json);
    }

    /** What came of a call: a result, or {@code {"error": …}}. */
    public record Attempt(String json, boolean isError) {}

    /** As {@link #run}, but fails unauthenticated if the caller's account no longer exists. */
    public Future<Attempt> attempt(ToolContext context, String name, String arguments) {
        return uncounted(context, name, arguments)
                .onComplete((attempt, failure) ->
                        ToolMeters.ran(has(name) ? name : ToolMeters.OTHER, failure != null || attempt.isError()));
    }

    private Future<Attempt> uncounted(ToolContext context, String name, String arguments) {
        var tool = tools.get(name);
        if (tool == null) return Future.succeededFuture(refused("There is no such tool."));
        var scope = tool.tool().scope();
        if (scope != null && !context.caller().may(scope))
            return Future.succeededFuture(refused("The access token lacks the scope " + scope.text() + '.'));
        return Future.succeededFuture(arguments)
                .map(ToolRegistry::parse)
                .compose(json -> run(context, tool, json))
                .map(ToolRegistry::limited)
                .recover(failure -> isUnauthenticated(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(refused(problem(name, failure))));
    }

    public boolean has(String name) {
        return tools.containsKey(name);
    }

    /** What a token needs for a tool of this registry; null if it needs nothing. */
    public @Nullable Scope scope(String name) {
        return Objects.requireNonNull(tools.get(name)).tool().scope();
    }

    private static boolean permits(Caller caller, @Nullable Scope scope) {
        return scope == null || caller.may(scope);
    }

    private static boolean isUnauthenticated(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
    }

    // Some models send an empty text instead of {} if they have no arguments.
    private static JsonNode parse(String arguments) {
        return StrictJson.parse(Buffer.buffer(arguments.isBlank() ? "{}" : arguments));
    }

    private static Future<String> run(ToolContext context, Registered tool, JsonNode json) {
        StoredForm.check(json);
        var arguments = LenientArguments.read(json, tool.schema());
        tool.parameters().check(arguments);
        return tool.tool().run(context, arguments);
    }

    private static Attempt limited(String result) {
        int bytes = result.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_RESULT_BYTES
                ? new Attempt(result, false)
                : refused("The result is too large. Use a smaller limit.");
    }

    private static Problem problem(String tool, Throwable failure) {
        if (failure instanceof Problem problem) return problem;
        log.error("Tool {} failed", tool, failure);
        return Problem.internal();
    }

    private static Attempt refused(Problem problem) {
        return refused(
                problem.kind() == Problem.Kind.INVALID
                        ? "The arguments are not valid: " + details(problem.faults()) + '.'
                        : problem.detail());
    }

    private static String details(List<Fault> faults) {
        return faults.stream().map(ToolRegistry::detail).collect(Collectors.joining("; "));
    }

    // Models know arguments by name, not by JSON pointer. No tool has nested arguments.
    private static String detail(Fault fault) {
        var name = fault.pointer().startsWith("/") ? fault.pointer().substring(1) : fault.pointer();
        return name.isEmpty() ? fault.detail() : name + ' ' + fault.detail();
    }

    private static Attempt refused(String error) {
        return new Attempt(JsonForm.write(new Failure(error)).toString(), true);
    }
}
