package io.parley.users.signin;

/**
 * How much of the machine the hashing of passwords may take.
 *
 * @param workers how many are hashed at once, each with 19 MiB and one core
 * @param queue how many may wait beyond those; more are refused as unavailable
 */
public record PasswordSettings(int workers, int queue) {}
