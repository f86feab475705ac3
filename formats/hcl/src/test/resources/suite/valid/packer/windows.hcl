source "vsphere-iso" "windows" {
  vcenter_server = var.vcenter
  username       = "svc-packer@example.org"
  guest_os_type  = "windows2019srvNext_64Guest"
  CPUs           = 4
  RAM            = 8 * 1024

  storage {
    disk_size             = 1024 * 60
    disk_thin_provisioned = true
  }

  network_adapters {
    network      = "VM Network"
    network_card = "vmxnet3"
  }

  floppy_files = [
    "${path.root}/autounattend.xml",
    "${path.root}\\scripts\\winrm.ps1",
  ]
}

build {
  sources = ["source.vsphere-iso.windows"]

  provisioner "powershell" {
    inline = [
      "Set-ItemProperty -Path 'HKLM:\\SOFTWARE\\Example' -Name 'A' -Value 1",
      "Write-Host \"done\"",
    ]
    elevated_user     = "Administrator"
    elevated_password = build.Password
  }

  provisioner "windows-restart" {}

  error-cleanup-provisioner "shell-local" {
    inline = ["rm -f lock"]
  }
}
