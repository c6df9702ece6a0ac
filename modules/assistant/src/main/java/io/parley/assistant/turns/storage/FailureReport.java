package io.parley.assistant.turns.storage;

import io.parley.assistant.models.ModelFailure;
import io.parley.kernel.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a turn failed, as problem details (RFC 9457).
 *
 * @param errorCode the same for programs, as {@code Turn} has it
 */
public record FailureReport(String type, String title, int status, String detail, String errorCode) {
    private static final String INTERNAL = "internal";

    public static FailureReport of(Throwable failure) {
        if (failure instanceof ModelFailure model)
            return of(status(model.kind()), String.valueOf(model.getMessage()), errorCode(model.kind()));
        if (failure instanceof Problem problem && problem.kind() != Problem.Kind.INTERNAL)
            return of(503, problem.detail(), INTERNAL);
        return of(500, "Something went wrong on the server.", INTERNAL);
    }

    public static FailureReport ofDeadNode() {
        return of(new ModelFailure(ModelFailure.Kind.SERVER_ENDED));
    }

    private static FailureReport of(int status, String detail, String errorCode) {
        return new FailureReport("about:blank", title(status), status, detail, errorCode);
    }

    private static int status(ModelFailure.Kind kind) {
        return switch (kind) {
            case INTERNAL -> 500;
            case OVERLOADED, SERVER_ENDED -> 503;
            case TIMED_OUT -> 504;
            default -> 502;
        };
    }

    /** All that there are. */
    public static List<String> errorCodes() {
        return Stream.of(ModelFailure.Kind.values())
                .map(FailureReport::errorCode)
                .distinct()
                .toList();
    }

    private static String errorCode(ModelFailure.Kind kind) {
        return switch (kind) {
            case KEY_REFUSED -> "key_refused";
            case OVERLOADED -> "rate_limited";
            case REFUSED -> "refused";
            case PROVIDER_ERROR -> "provider_error";
            case UNREACHABLE -> "unreachable";
            case TIMED_OUT -> "timeout";
            case BROKEN_OFF -> "broken_off";
            case EMPTY -> "empty";
            case TOO_LARGE -> "too_large";
            case SERVER_ENDED -> "interrupted";
            case CANCELLED, INTERNAL -> INTERNAL;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }
}
