packer {
  required_plugins {
    qemu = {
      version = ">= 1.0.10"
      source  = "github.com/hashicorp/qemu"
    }
  }
}

variable "version" {
  type    = string
  default = env("IMAGE_VERSION")
}

locals {
  timestamp = regex_replace(timestamp(), "[- TZ:]", "")
}

local "password" {
  expression = vault("secret/data/image", "password")
  sensitive  = true
}

source "qemu" "debian" {
  iso_url          = "https://cdimage.debian.org/debian-12-amd64-netinst.iso"
  iso_checksum     = "sha256:${local.checksum}"
  output_directory = "build/${local.timestamp}"
  disk_size        = "10G"
  boot_wait        = "5s"
  boot_command = [
    "<esc><wait>",
    "auto preseed/url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg<enter>",
  ]
  ssh_username = "root"
  ssh_password = local.password
}

source "amazon-ebs" "debian" {
  ami_name = "debian-${var.version}"
  source_ami_filter {
    filters = {
      name                = "debian-12-*"
      root-device-type    = "ebs"
      virtualization-type = "hvm"
    }
    most_recent = true
    owners      = ["136693071363"]
  }
}

build {
  name    = "base"
  sources = ["source.qemu.debian", "source.amazon-ebs.debian"]

  source "source.qemu.debian" {
    memory = 2048
  }

  provisioner "shell" {
    inline = [
      "apt-get update",
      "apt-get install -y curl",
    ]
  }

  provisioner "shell" {
    environment_vars = ["VERSION=${var.version}"]
    execute_command  = "echo 'x' | {{ .Vars }} sudo -S -E sh '{{ .Path }}'"
    script           = "setup.sh"
    only             = ["qemu.debian"]
  }

  provisioner "file" {
    source      = "motd"
    destination = "/etc/motd"
  }

  post-processors {
    post-processor "compress" { output = "build/debian.tar.gz" }
    post-processor "checksum" {
      checksum_types = ["sha256"]
    }
  }

  post-processor "manifest" {}
}
