package io.vmkit.process;

import io.vmkit.error.InvalidSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host program to run: arguments, environment, input, time-out. Immutable. Arguments reach the
 * program as they are; no shell is between.
 */
public final class Command {
  /** How long a program may run unless said otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** How much of each output stream is kept unless said otherwise, in bytes. */
  public static final int DEFAULT_OUTPUT_LIMIT = 1 << 20;

  private static final String HIDDEN = "***";

  private final List<Argument> arguments;
  private final Map<String, String> environment;
  private final @Nullable Path directory;
  private final byte[] input;
  private final Duration timeout;
  private final int outputLimit;

  private record Argument(String value, boolean secret) {}

  private Command(Builder builder) {
    this.arguments = List.copyOf(builder.arguments);
    this.environment = Map.copyOf(builder.environment);
    this.directory = builder.directory;
    this.input = builder.input;
    this.timeout = builder.timeout;
    this.outputLimit = builder.outputLimit;
  }

  /**
   * Begins a command.
   *
   * @param program the program: a name looked up in {@code PATH}, or a path
   * @param arguments its arguments
   * @return a builder
   */
  public static Builder of(String program, String... arguments) {
    return new Builder(program).args(List.of(arguments));
  }

  /** {@return program and arguments, secrets included} */
  public List<String> argv() {
    return arguments.stream().map(Argument::value).toList();
  }

  /** {@return variables set on top of the JVM's own environment} */
  public Map<String, String> environment() {
    return environment;
  }

  /** {@return the working directory; empty for the JVM's own} */
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  /** {@return what the program reads from its standard input} */
  public byte[] input() {
    return input.clone();
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
        .map(argument -> argument.secret() ? HIDDEN : quoted(argument.value()))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** Collects a command. Not thread-safe. */
  public static final class Builder {
    private final List<Argument> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable Path directory;
    private byte[] input = new byte[0];
    private Duration timeout = DEFAULT_TIMEOUT;
    private int outputLimit = DEFAULT_OUTPUT_LIMIT;

    private Builder(String program) {
      if (program.isEmpty()) {
        throw new InvalidSpec("run a program", "its name is empty", "name the program");
      }
      arg(program);
    }

    /**
     * Adds an argument.
     *
     * @param argument the argument, as the program shall see it
     * @return this builder
     * @throws InvalidSpec when it contains a NUL character, which no program could receive
     */
    public Builder arg(String argument) {
      return add(argument, false);
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
     * Adds an argument that is shown as {@code ***} wherever the command is printed. Other users of
     * the host may still see it in the process list; input or a file is better.
     *
     * @param argument the argument
     * @return this builder
     */
    public Builder secret(String argument) {
      return add(argument, true);
    }

    private Builder add(String argument, boolean secret) {
      if (argument.indexOf('\0') >= 0) {
        throw new InvalidSpec("run a program", "an argument contains NUL", "remove the character");
      }
      arguments.add(new Argument(argument, secret));
      return this;
    }

    /**
     * Sets an environment variable.
     *
     * @param name the variable
     * @param value its value
     * @return this builder
     */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Sets the working directory; the JVM's own by default.
     *
     * @param path the directory
     * @return this builder
     */
    public Builder directory(Path path) {
      this.directory = path;
      return this;
    }

    /**
     * Sets what the program reads from its standard input; nothing by default.
     *
     * @param bytes the input
     * @return this builder
     */
    public Builder input(byte[] bytes) {
      this.input = bytes.clone();
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
        throw new InvalidSpec(
            "run a program", "time-out " + limit + " is not positive", "raise it");
      }
      this.timeout = limit;
      return this;
    }

    /**
     * Sets how many bytes of each output stream are kept; {@link #DEFAULT_OUTPUT_LIMIT} by default.
     *
     * @param bytes the limit
     * @return this builder
     */
    public Builder outputLimit(int bytes) {
      this.outputLimit = bytes;
      return this;
    }

    /** {@return the command} */
    public Command build() {
      return new Command(this);
    }
  }
}
