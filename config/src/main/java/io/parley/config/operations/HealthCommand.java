package io.parley.config.operations;

import io.parley.config.settings.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "health",
        description = "Ask a running server whether it is ready, for a container's health check. Answers within three"
                + " seconds.")
public final class HealthCommand implements Runnable {
    private static final String PATH = "/health/ready";

    /** From the start of the process. */
    private static final Duration LIMIT = Duration.ofMillis(2_900);

    /** On a machine that is so busy that the start alone takes most of the time. */
    private static final Duration LEAST = Duration.ofMillis(300);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandHost host;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the server is, such as http://127.0.0.1:8080 (default: management.port if it is set, else"
                            + " http.port).")
    private @Nullable String url;

    @Override
    public void run() {
        if (url != null) check(address(url));
        else host.run((settings, resources) -> check(address(settings)));
    }

    private URI address(String text) {
        try {
            var uri = URI.create(text);
            if (isHttp(uri)) return uri.getPath().endsWith(PATH) ? uri : URI.create(text.replaceFirst("/$", "") + PATH);
        } catch (IllegalArgumentException notAUrl) {
            // refused below, like one of another kind
        }
        throw new ParameterException(spec.commandLine(), "--url must be an http:// or https:// address");
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    }

    private static URI address(Settings settings) {
        return settings.management()
                .map(management -> address("management.port", management.host(), management.port()))
                .orElseGet(() -> address(
                        "http.port", settings.http().host(), settings.http().port()));
    }

    private static URI address(String setting, String host, int port) {
        if (port == 0) throw new UnhealthyException(setting + " is 0, so the port is not known: give it in --url");
        return URI.create("http://" + reachable(host) + ":" + port + PATH);
    }

    /** An address that stands for all of this machine cannot be asked everywhere. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
        };
    }

    private static void check(URI address) {
        var left = LIMIT.minusMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        if (left.compareTo(LEAST) < 0) left = LEAST;
        int millis = (int) left.toMillis();
        try {
            // A name may take longer to look up than the connection may take.
            int status = CompletableFuture.supplyAsync(() -> status(address, millis))
                    .orTimeout(millis, TimeUnit.MILLISECONDS)
                    .join();
            if (status != HttpURLConnection.HTTP_OK)
                throw new UnhealthyException(address + " answers " + status + ": the server is not ready");
        } catch (CompletionException failure) {
            throw new UnhealthyException(address + " does not answer: " + failure.getCause());
        }
    }

    // At any other path the web app answers with its page.
    private static int status(URI address, int millis) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            connection.setInstanceFollowRedirects(false);
            int code = connection.getResponseCode();
            var isPage = !String.valueOf(connection.getContentType()).startsWith("application/json");
            return code == HttpURLConnection.HTTP_OK && isPage ? HttpURLConnection.HTTP_NOT_FOUND : code;
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }
}
