package io.parley.config.settings.sources;

import java.util.regex.Pattern;

/**
 * The environment variables that Kubernetes and Docker links make for each service. Those of a service named parley begin like settings.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Kubernetes: service
 *     environment variables</a>
 */
final class ServiceVariables {
    private static final Pattern NAME =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");
    private static final Pattern URL = Pattern.compile("(tcp|udp|sctp)://.*");

    /** A service parley-http makes PARLEY_HTTP_PORT, which is a setting too, so that its value decides. */
    static boolean isOne(String name, String text) {
        return NAME.matcher(name).matches()
                || (name.endsWith("_PORT") && URL.matcher(text).matches());
    }

    private ServiceVariables() {}
}
