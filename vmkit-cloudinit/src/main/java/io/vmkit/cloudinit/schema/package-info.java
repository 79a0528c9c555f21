/**
 * cloud-init's own rules for cloud-config and network-config, as data, and the engine that holds a
 * document against them before any machine is made.
 *
 * <pre>
 *  cloud-config.rules.yaml ──RuleFile (version)──▶ Rule tree ┐
 *                                                            ├─▶ Check ──▶ ValidationResult
 *  document text ──Header, YamlReader (as PyYAML)──▶ YamlValue ┘
 * </pre>
 *
 * <p>cloud-init reads YAML 1.1 through PyYAML's SafeLoader, so that is how documents are read here:
 * {@code yes} is a boolean, {@code 0644} is 420, {@code 12:30} is 750 and {@code 2024-01-01} is a
 * date. What {@code cloud-init schema} of the same version refuses is an error here, what it
 * accepts is none.
 */
@NullMarked
package io.vmkit.cloudinit.schema;

import org.jspecify.annotations.NullMarked;
