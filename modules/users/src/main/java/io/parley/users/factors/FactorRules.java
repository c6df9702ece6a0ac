package io.parley.users.factors;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.RecoveryCodes;
import io.parley.contracts.users.SecondFactors.TotpSecret;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.users.factors.CodeHashes.Hashed;
import io.parley.users.factors.FactorStore.Factor;
import io.parley.users.keys.KeyEncryption;
import io.parley.users.keys.StoredSecret;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.PasswordHasher;
import io.vertx.core.Future;
import java.util.Objects;

/** The rules for what users change of their second factors. Each change needs a recent sign-in. */
public final class FactorRules {
    private final UserStore users;
    private final FactorStore store;
    private final CodeCheck codes;
    private final CodeHashes hashes;
    private final KeyEncryption encryption;
    private final SignInTimes signIns;

    public FactorRules(
            UserStore users,
            FactorStore store,
            CodeCheck codes,
            PasswordHasher hasher,
            KeyEncryption encryption,
            SignInTimes signIns) {
        this.users = users;
        this.store = store;
        this.codes = codes;
        this.hashes = new CodeHashes(hasher);
        this.encryption = encryption;
        this.signIns = signIns;
    }

    public Future<TotpSecret> setUp(SecondFactors.SetUp command) {
        return permitted(command.caller(), command.origin())
                .compose(account -> store(account, Totp.create(account.user().email())));
    }

    private Future<TotpSecret> store(Account account, TotpSecret created) {
        var binding = FactorStore.newBinding(account.user().id());
        return encryption
                .encrypt(binding, created.secret())
                .compose(ciphertext -> store.setUp(new StoredSecret(binding, ciphertext)))
                .map(stored -> {
                    if (!stored) throw Problem.conflict("", "TOTP is on. Remove it before you set it up anew.");
                    return created;
                });
    }

    public Future<RecoveryCodes> confirm(SecondFactors.ConfirmSecret command) {
        return permitted(command.caller(), command.origin())
                .compose(account -> store.find(account.user().id())
                        .map(found -> found.filter(factor -> !factor.isOn()).orElseThrow(FactorRules::nothingToConfirm))
                        .compose(factor -> confirm(account, factor, command)));
    }

    private Future<RecoveryCodes> confirm(Account account, Factor factor, SecondFactors.ConfirmSecret command) {
        var client = command.origin().client();
        return codes.first(account, factor.secret(), command.code(), client)
                .map(step -> step.orElseThrow(() -> Problem.invalid("/code", "is wrong")))
                .compose(step -> hashes.create(ClientNetwork.of(client.ip()))
                        .compose(made -> store.confirm(factor.secret(), step, made, command.origin())
                                .map(confirmed -> shown(confirmed, made, nothingToConfirm()))));
    }

    public Future<RecoveryCodes> renewCodes(SecondFactors.RenewCodes command) {
        return permitted(command.caller(), command.origin())
                .compose(account -> store.find(account.user().id()))
                .map(found -> found.filter(Factor::isOn).orElseThrow(FactorRules::off))
                .compose(factor ->
                        hashes.create(ClientNetwork.of(command.origin().client().ip())))
                .compose(made -> store.renewCodes(command.caller(), made, command.origin())
                        .map(renewed -> shown(renewed, made, off())));
    }

    private static RecoveryCodes shown(boolean stored, Hashed made, Problem otherwise) {
        if (!stored) throw otherwise;
        return made.codes();
    }

    public Future<None> remove(SecondFactors.Remove command) {
        return permitted(command.caller(), command.origin())
                .compose(account -> store.delete(command.caller(), command.origin()))
                .map(None.NONE);
    }

    public Future<SecondFactors.AccountSecurity> find(SecondFactors.Find query) {
        return store.describe(query.caller().userId());
    }

    private Future<Account> permitted(Caller caller, Origin origin) {
        return signIns.requireRecent(caller, Objects.requireNonNull(origin.sessionId()))
                .compose(recent -> users.findAccount(caller));
    }

    private static Problem nothingToConfirm() {
        return Problem.conflict("", "There is no secret to confirm. Set TOTP up first.");
    }

    private static Problem off() {
        return Problem.conflict("", "TOTP is off. Set it up first.");
    }
}
