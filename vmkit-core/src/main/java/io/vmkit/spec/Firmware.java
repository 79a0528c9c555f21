package io.vmkit.spec;

/** What runs before the guest's own boot loader. */
public enum Firmware {
  /** SeaBIOS, the PC's classic firmware. */
  BIOS,
  /** OVMF with variables of the machine's own. */
  UEFI
}
