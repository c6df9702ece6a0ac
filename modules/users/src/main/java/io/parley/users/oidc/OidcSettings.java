package io.parley.users.oidc;

import io.parley.contracts.users.Oidc;
import java.util.List;

/** @param providers with different names */
public record OidcSettings(List<ProviderSettings> providers) {
    /** Nobody signs in at another provider. */
    public static final OidcSettings NONE = new OidcSettings(List.of());

    public Oidc.Providers described() {
        return new Oidc.Providers(providers.stream()
                .map(each -> new Oidc.Provider(each.name(), each.title()))
                .toList());
    }

    /** Of the providers at which people can sign in. */
    public List<String> issuers() {
        return providers.stream().map(each -> each.issuer().toString()).toList();
    }
}
