package io.parley.users.signin;

/**
 * Which passwords are accepted, and how much CPU and memory hashing them uses.
 *
 * @param workers number of passwords that are hashed at once; each takes 19 MiB and one core
 * @param queue number of passwords that may wait beyond those; more are refused as unavailable
 * @param minLength minimum length of a new password, in code points
 * @param cost of one hash; less than {@link PasswordCost#OWASP} only in tests about something else
 */
public record PasswordSettings(int workers, int queue, int minLength, PasswordCost cost) {
    public PasswordSettings(int workers, int queue, int minLength) {
        this(workers, queue, minLength, PasswordCost.OWASP);
    }
}
