package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program to run inside a guest: arguments, environment, input, time-out. Immutable. Arguments
 * reach the program as they are, whatever characters they have.
 */
public final class GuestCommand {
  /** How long a program may run unless said otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** How much of each output stream is kept unless said otherwise, in bytes. */
  public static final int DEFAULT_OUTPUT_LIMIT = 1 << 20;

  private static final String HIDDEN = "***";
  private static final String RUN = "run a program in the guest";

  private final List<Argument> arguments;
  private final Map<String, String> environment;
  private final @Nullable String directory;
  private final @Nullable String user;
  private final @Nullable InputSource input;
  private final Duration timeout;
  private final int outputLimit;

  private record Argument(String value, boolean secret) {}

  private GuestCommand(Builder builder) {
    this.arguments = List.copyOf(builder.arguments);
    this.environment = new LinkedHashMap<>(builder.environment);
    this.directory = builder.directory;
    this.user = builder.user;
    this.input = builder.input;
    this.timeout = builder.timeout;
    this.outputLimit = builder.outputLimit;
  }

  /**
   * Begins a command.
   *
   * @param program the program: a name looked up in the guest's {@code PATH}, or a path
   * @param arguments its arguments
   * @return a builder
   * @throws InvalidSpec when the name is empty or starts with a dash
   */
  public static Builder of(String program, String... arguments) {
    return new Builder(program).args(List.of(arguments));
  }

  /** {@return a builder that starts with all that this command says} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return program and arguments, secrets included} */
  public List<String> argv() {
    return arguments.stream().map(Argument::value).toList();
  }

  /** {@return variables set on top of what the guest gives every program} */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** {@return the working directory in the guest; empty for the shell's own} */
  public Optional<String> directory() {
    return Optional.ofNullable(directory);
  }

  /** {@return the user to run as; empty for the shell's own} */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** {@return what the program reads from its standard input; empty for nothing} */
  public Optional<InputSource> input() {
    return Optional.ofNullable(input);
  }

  /** {@return how long it may run} */
  public Duration timeout() {
    return timeout;
  }

  /** {@return how many bytes of each output stream are kept; of longer output, the end} */
  public int outputLimit() {
    return outputLimit;
  }

  /** {@return the command line as one could type it, secrets shown as {@code ***}} */
  @Override
  public String toString() {
    return arguments.stream()
        .map(argument -> argument.secret() ? HIDDEN : ShellText.readable(argument.value()))
        .collect(Collectors.joining(" "));
  }

  /** Collects a command. Not thread-safe. */
  public static final class Builder {
    private final List<Argument> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable String directory;
    private @Nullable String user;
    private @Nullable InputSource input;
    private Duration timeout = DEFAULT_TIMEOUT;
    private int outputLimit = DEFAULT_OUTPUT_LIMIT;

    private Builder(String program) {
      if (program.isEmpty() || program.startsWith("-")) {
        throw new InvalidSpec(
            RUN, "'" + program + "' cannot be a program's name", "name the program or its path");
      }
      arg(program);
    }

    private Builder(GuestCommand command) {
      arguments.addAll(command.arguments);
      environment.putAll(command.environment);
      directory = command.directory;
      user = command.user;
      input = command.input;
      timeout = command.timeout;
      outputLimit = command.outputLimit;
    }

    /**
     * Adds an argument.
     *
     * @param argument the argument, as the program shall see it in UTF-8
     * @return this builder
     * @throws InvalidSpec when it contains a NUL character or half a surrogate pair
     */
    public Builder arg(String argument) {
      arguments.add(new Argument(ShellText.checked(RUN, "an argument", argument), false));
      return this;
    }

    /**
     * Adds several arguments.
     *
     * @param more the arguments
     * @return this builder
     */
    public Builder args(List<String> more) {
      more.forEach(this::arg);
      return this;
    }

    /**
     * Adds an argument that is shown as {@code ***} wherever the command is printed. Users of the
     * guest may still see it in the process list; input or a file is better.
     *
     * @param argument the argument
     * @return this builder
     */
    public Builder secret(String argument) {
      arguments.add(new Argument(ShellText.checked(RUN, "a secret argument", argument), true));
      return this;
    }

    /**
     * Sets an environment variable. Values never show in messages.
     *
     * @param name the variable: letters, digits and underscores
     * @param value its value
     * @return this builder
     * @throws InvalidSpec when the name is no variable's name
     */
    public Builder environment(String name, String value) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new InvalidSpec(
            RUN, "'" + name + "' is no variable's name", "use letters, digits and underscores");
      }
      environment.put(name, ShellText.checked(RUN, "the value of " + name, value));
      return this;
    }

    /**
     * Sets the working directory; by default the home directory by SSH, {@code /} by the agent.
     *
     * @param path an absolute path in the guest
     * @return this builder
     * @throws InvalidSpec when it is not absolute
     */
    public Builder directory(String path) {
      this.directory = ShellText.absolute(RUN, path);
      return this;
    }

    /**
     * Runs the program as another user: directly when the shell already is that user, by {@code su}
     * when it is root, otherwise by {@code sudo -n}.
     *
     * @param name the user's name
     * @return this builder
     * @throws InvalidSpec when it cannot be a user's name
     */
    public Builder user(String name) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?")) {
        throw new InvalidSpec(RUN, "'" + name + "' is no user's name", "name a user of the guest");
      }
      this.user = name;
      return this;
    }

    /**
     * Sets what the program reads from its standard input; nothing by default.
     *
     * @param bytes the input
     * @return this builder
     */
    public Builder input(byte[] bytes) {
      byte[] copy = bytes.clone();
      return input(() -> new ByteArrayInputStream(copy));
    }

    /**
     * Sets where the program's standard input comes from; nothing by default.
     *
     * @param source opened once for each run, and closed
     * @return this builder
     */
    public Builder input(InputSource source) {
      this.input = source;
      return this;
    }

    /**
     * Sets how long the program may run; {@link #DEFAULT_TIMEOUT} by default.
     *
     * @param limit the limit, positive
     * @return this builder
     * @throws InvalidSpec when it is not positive
     */
    public Builder timeout(Duration limit) {
      if (limit.isZero() || limit.isNegative()) {
        throw new InvalidSpec(RUN, "time-out " + limit + " is not positive", "raise it");
      }
      this.timeout = limit;
      return this;
    }

    /**
     * Sets how many bytes of each output stream are kept; {@link #DEFAULT_OUTPUT_LIMIT} by default.
     *
     * @param bytes the limit, not negative
     * @return this builder
     * @throws InvalidSpec when it is negative
     */
    public Builder outputLimit(int bytes) {
      if (bytes < 0) {
        throw new InvalidSpec(RUN, "output limit " + bytes + " is negative", "raise it");
      }
      this.outputLimit = bytes;
      return this;
    }

    /** {@return the command} */
    public GuestCommand build() {
      return new GuestCommand(this);
    }
  }
}
